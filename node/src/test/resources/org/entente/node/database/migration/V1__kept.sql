create table kept (row integer primary key);
