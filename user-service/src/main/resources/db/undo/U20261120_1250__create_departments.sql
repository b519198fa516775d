DROP TABLE users.departments;
