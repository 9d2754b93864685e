CREATE TABLE own_table (id INT);
