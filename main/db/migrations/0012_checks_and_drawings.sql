CREATE TABLE `drawing_failures` (
	`sha256` text PRIMARY KEY NOT NULL,
	`program_version` integer NOT NULL,
	`code` text NOT NULL,
	`detail` text NOT NULL,
	`failed_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recheck_dismissals` (
	`project_uuid` text PRIMARY KEY NOT NULL,
	`until` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `versions` ADD `recheck` text;