ALTER TABLE `avatars` RENAME TO `versions`;--> statement-breakpoint
DROP INDEX `avatars_project`;--> statement-breakpoint
CREATE INDEX `versions_project` ON `versions` (`project_uuid`,`deleted_at`,`avatar_uuid`);--> statement-breakpoint
DROP INDEX `avatars_avatar`;--> statement-breakpoint
CREATE INDEX `versions_avatar` ON `versions` (`avatar_uuid`,`version`);--> statement-breakpoint
ALTER TABLE `transfers` RENAME COLUMN `outbox_path` TO `copy_path`;--> statement-breakpoint
-- The folder beside the library is renamed before it is opened. `/a/outbox/x.gab` becomes `/a/upload-copies/x.gab`: rtrim() leaves the
-- part up to the last separator, `/` or `\`.
UPDATE `transfers` SET `copy_path` =
  substr(`copy_path`, 1, length(rtrim(`copy_path`, replace(replace(`copy_path`, '/', ''), '\', ''))) - 7)
  || 'upload-copies'
  || substr(`copy_path`, length(rtrim(`copy_path`, replace(replace(`copy_path`, '/', ''), '\', ''))))
WHERE rtrim(`copy_path`, replace(replace(`copy_path`, '/', ''), '\', '')) LIKE '%outbox_';
