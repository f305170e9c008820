ALTER TABLE `transfers` RENAME COLUMN `avatar_uuid` TO `version_uuid`;--> statement-breakpoint
UPDATE `operations` SET `intent` = json_remove(json_set(`intent`, '$.versionUuid', json_extract(`intent`, '$.avatarUuid')), '$.avatarUuid') WHERE json_type(`intent`, '$.avatarUuid') IS NOT NULL;--> statement-breakpoint
UPDATE `projects` SET `active` = json_remove(json_set(`active`, '$.versionUuid', json_extract(`active`, '$.avatarUuid')), '$.avatarUuid') WHERE json_type(`active`, '$.avatarUuid') IS NOT NULL;
