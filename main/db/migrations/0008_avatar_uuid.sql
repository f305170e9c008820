ALTER TABLE `avatars` RENAME COLUMN `lineage_uuid` TO `avatar_uuid`;--> statement-breakpoint
ALTER TABLE `watched_files` RENAME COLUMN `lineage_uuid` TO `avatar_uuid`;--> statement-breakpoint
ALTER TABLE `transfers` RENAME COLUMN `lineage_uuid` TO `avatar_uuid`;--> statement-breakpoint
ALTER TABLE `transfers` RENAME COLUMN `stored_lineage_uuid` TO `stored_avatar_uuid`;--> statement-breakpoint
ALTER TABLE `operations` RENAME COLUMN `lineage_uuid` TO `avatar_uuid`;--> statement-breakpoint
DROP INDEX `avatars_lineage`;--> statement-breakpoint
CREATE INDEX `avatars_avatar` ON `avatars` (`avatar_uuid`,`version`);--> statement-breakpoint
DROP INDEX `operations_lineage`;--> statement-breakpoint
CREATE INDEX `operations_avatar` ON `operations` (`avatar_uuid`);--> statement-breakpoint
UPDATE `projects` SET `active` = json_remove(json_set(`active`, '$.avatarUuid', json_extract(`active`, '$.lineageUuid')), '$.lineageUuid') WHERE json_type(`active`, '$.lineageUuid') IS NOT NULL;
