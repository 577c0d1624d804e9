// No outline: the map shows the places alone.
export const outline = [];
