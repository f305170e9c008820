DROP INDEX `avatars_project`;--> statement-breakpoint
CREATE INDEX `avatars_project` ON `avatars` (`project_uuid`,`deleted_at`,`lineage_uuid`);