-- All rounds of a person, those that have ended too: at each admission, death and erasure.
create index application_person on application (person_index) where person_index is not null;
