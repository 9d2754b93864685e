INSERT INTO nowhere (id) VALUES (1);
