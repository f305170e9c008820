CREATE TABLE `watch_folders` (
	`project_uuid` text PRIMARY KEY NOT NULL,
	`path` text NOT NULL,
	`mode` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `watched_files` (
	`project_uuid` text NOT NULL,
	`path` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`modified_at_ms` integer NOT NULL,
	`sha256` text NOT NULL,
	`lineage_uuid` text,
	PRIMARY KEY(`project_uuid`, `path`)
);
--> statement-breakpoint
ALTER TABLE `transfers` ADD `activate_over` text;--> statement-breakpoint
ALTER TABLE `transfers` ADD `done_bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `transfers` ADD `sent_bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `transfers` ADD `stream_bytes` integer;--> statement-breakpoint
ALTER TABLE `transfers` ADD `watched` text;