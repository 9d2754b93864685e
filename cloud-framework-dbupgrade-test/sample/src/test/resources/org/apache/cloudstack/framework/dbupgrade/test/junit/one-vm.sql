INSERT INTO vm (name) VALUES ('user');
