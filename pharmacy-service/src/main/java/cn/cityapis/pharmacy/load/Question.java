package cn.cityapis.pharmacy.load;

/** What a line is asked about: it looks wrong, but may be meant. */
record Question(String column, String code, String text) {
}
