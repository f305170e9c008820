CREATE TABLE `held_activations` (
	`version_uuid` text PRIMARY KEY NOT NULL,
	`project_uuid` text NOT NULL,
	`held_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `staged_files` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`stage_id` text NOT NULL,
	`project_uuid` text NOT NULL,
	`file_name` text NOT NULL,
	`path` text,
	`size_bytes` integer NOT NULL,
	`is_temporary` integer NOT NULL,
	`modified_at_ms` real,
	`failure` text,
	`watched` text,
	`choice` text DEFAULT '{}' NOT NULL,
	`is_discarded` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staged_files_id` ON `staged_files` (`stage_id`);