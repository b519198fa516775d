-- What was uploaded before the triggers of the last file were there. The row of file_storage keeps them, and uploads with
-- them, waiting for as long as it takes; the table of uploads itself is not locked.
INSERT INTO chat.file_storage (bytes) SELECT 0 WHERE EXISTS (SELECT FROM chat.file_uploads)
ON CONFLICT (only_row) DO UPDATE SET bytes = 0;
INSERT INTO chat.file_usage (user_id, bytes)
SELECT user_id, sum(bytes) FROM (
  SELECT user_id, size_bytes AS bytes FROM chat.file_uploads
  UNION ALL SELECT user_id, 0 FROM chat.file_usage
) AS counted GROUP BY user_id
ON CONFLICT (user_id) DO UPDATE SET bytes = excluded.bytes;
UPDATE chat.file_storage SET bytes = (SELECT coalesce(sum(bytes), 0) FROM chat.file_usage) WHERE only_row;
