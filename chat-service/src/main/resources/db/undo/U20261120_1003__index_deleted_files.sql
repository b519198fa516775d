DROP INDEX chat.file_uploads_deleted_id_idx;
