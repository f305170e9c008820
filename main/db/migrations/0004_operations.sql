CREATE TABLE `operations` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`request_key` text NOT NULL,
	`project_uuid` text NOT NULL,
	`lineage_uuid` text,
	`intent` text NOT NULL,
	`by` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`failure` text,
	`theirs` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `operations_id` ON `operations` (`id`);--> statement-breakpoint
CREATE INDEX `operations_state` ON `operations` (`state`,`sequence`);--> statement-breakpoint
CREATE INDEX `operations_lineage` ON `operations` (`lineage_uuid`);