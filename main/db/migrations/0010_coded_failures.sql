-- A failure used to be stored with its sentences. Now it is a code with parameters: those of known failures are taken from the
-- sentences; any other failure keeps its sentences as the message of `unexpected`.
UPDATE `transfers` SET `failure` = CASE
  WHEN NOT json_valid(`failure`) THEN json_object('code', 'unexpected', 'message', `failure`)
  WHEN `failure` ->> 'code' IN (
      'unauthenticated', 'invalid_credentials', 'forbidden', 'not_found', 'invalid_request',
      'too_many_requests', 'file_missing', 'file_extension', 'file_too_large', 'upload_incomplete',
      'upload_position', 'upload_unfinished', 'upload_restart', 'bundle_invalid',
      'not_activatable', 'active_conflict', 'edit_conflict', 'lineage_not_found', 'trashed',
      'project_name_taken', 'cursor_expired', 'idempotency_key_reused', 'range_not_satisfiable',
      'unsupported_media_type', 'storage_full', 'unavailable'
    ) THEN json_object('code', `failure` ->> 'code', 'detail', coalesce(`failure` ->> 'detail', ''))
  WHEN `failure` ->> 'code' = 'offline' AND `failure` ->> 'detail' LIKE 'http% answered with status %'
    THEN json_object('code', 'offline', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', CAST(substr(`failure` ->> 'detail', instr(`failure` ->> 'detail', ' status ') + 8) AS INTEGER))
  WHEN `failure` ->> 'code' = 'offline' AND `failure` ->> 'detail' LIKE 'http% %'
    THEN json_object('code', 'offline', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', NULL)
  WHEN `failure` ->> 'code' = 'not_a_server' AND `failure` ->> 'detail' LIKE 'http% answered (status %'
    THEN json_object('code', 'not_a_server', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', CAST(substr(`failure` ->> 'detail', instr(`failure` ->> 'detail', '(status ') + 8) AS INTEGER))
  ELSE CASE `failure` ->> 'title'
      WHEN 'The disk is full' THEN json_object('code', 'disk_full')
      WHEN 'The disk quota is used up' THEN json_object('code', 'disk_quota_exceeded')
      WHEN 'The disk is read-only' THEN json_object('code', 'disk_read_only')
      WHEN 'No permission' THEN json_object('code', 'no_permission')
      WHEN 'The file is gone' THEN json_object('code', 'file_gone')
      WHEN 'The file changed' THEN json_object('code', 'file_changed')
      WHEN 'That is a folder' THEN json_object('code', 'is_folder')
      WHEN 'That is not a file' THEN json_object('code', 'not_a_file')
      WHEN 'The disk of this machine is full' THEN json_object('code', 'result_not_saved')
      WHEN 'The file arrived damaged' THEN json_object('code', 'download_damaged')
      WHEN 'Something went wrong here' THEN json_object('code', 'unexpected')
      WHEN 'Internal error' THEN json_object('code', 'internal', 'detail', coalesce(`failure` ->> 'detail', ''))
      ELSE json_object('code', 'unexpected', 'message', trim(
        coalesce(`failure` ->> 'title' || '. ', '') || coalesce(`failure` ->> 'detail' || ' ', '') || coalesce(`failure` ->> 'hint', '')
      ))
    END
END WHERE `failure` IS NOT NULL;--> statement-breakpoint
UPDATE `operations` SET `failure` = CASE
  WHEN NOT json_valid(`failure`) THEN json_object('code', 'unexpected', 'message', `failure`)
  WHEN `failure` ->> 'code' IN (
      'unauthenticated', 'invalid_credentials', 'forbidden', 'not_found', 'invalid_request',
      'too_many_requests', 'file_missing', 'file_extension', 'file_too_large', 'upload_incomplete',
      'upload_position', 'upload_unfinished', 'upload_restart', 'bundle_invalid',
      'not_activatable', 'active_conflict', 'edit_conflict', 'lineage_not_found', 'trashed',
      'project_name_taken', 'cursor_expired', 'idempotency_key_reused', 'range_not_satisfiable',
      'unsupported_media_type', 'storage_full', 'unavailable'
    ) THEN json_object('code', `failure` ->> 'code', 'detail', coalesce(`failure` ->> 'detail', ''))
  WHEN `failure` ->> 'code' = 'offline' AND `failure` ->> 'detail' LIKE 'http% answered with status %'
    THEN json_object('code', 'offline', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', CAST(substr(`failure` ->> 'detail', instr(`failure` ->> 'detail', ' status ') + 8) AS INTEGER))
  WHEN `failure` ->> 'code' = 'offline' AND `failure` ->> 'detail' LIKE 'http% %'
    THEN json_object('code', 'offline', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', NULL)
  WHEN `failure` ->> 'code' = 'not_a_server' AND `failure` ->> 'detail' LIKE 'http% answered (status %'
    THEN json_object('code', 'not_a_server', 'serverUrl', substr(`failure` ->> 'detail', 1, instr(`failure` ->> 'detail', ' ') - 1),
      'status', CAST(substr(`failure` ->> 'detail', instr(`failure` ->> 'detail', '(status ') + 8) AS INTEGER))
  ELSE CASE `failure` ->> 'title'
      WHEN 'The disk is full' THEN json_object('code', 'disk_full')
      WHEN 'The disk quota is used up' THEN json_object('code', 'disk_quota_exceeded')
      WHEN 'The disk is read-only' THEN json_object('code', 'disk_read_only')
      WHEN 'No permission' THEN json_object('code', 'no_permission')
      WHEN 'The file is gone' THEN json_object('code', 'file_gone')
      WHEN 'The file changed' THEN json_object('code', 'file_changed')
      WHEN 'That is a folder' THEN json_object('code', 'is_folder')
      WHEN 'That is not a file' THEN json_object('code', 'not_a_file')
      WHEN 'The disk of this machine is full' THEN json_object('code', 'result_not_saved')
      WHEN 'The file arrived damaged' THEN json_object('code', 'download_damaged')
      WHEN 'Something went wrong here' THEN json_object('code', 'unexpected')
      WHEN 'Internal error' THEN json_object('code', 'internal', 'detail', coalesce(`failure` ->> 'detail', ''))
      ELSE json_object('code', 'unexpected', 'message', trim(
        coalesce(`failure` ->> 'title' || '. ', '') || coalesce(`failure` ->> 'detail' || ' ', '') || coalesce(`failure` ->> 'hint', '')
      ))
    END
END WHERE `failure` IS NOT NULL;
