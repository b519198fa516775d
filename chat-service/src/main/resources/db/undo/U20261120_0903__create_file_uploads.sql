DROP TABLE chat.file_uploads;
