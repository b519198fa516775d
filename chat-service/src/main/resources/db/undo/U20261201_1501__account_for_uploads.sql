DROP FUNCTION chat.after_restore();
DROP TRIGGER file_uploads_account_for_removed ON chat.file_uploads;
DROP TRIGGER file_uploads_account_for_added ON chat.file_uploads;
DROP FUNCTION chat.account_for_files();
DROP TABLE chat.files_to_remove;
DROP TABLE chat.file_usage;
DROP TABLE chat.file_storage;
