CREATE TABLE `avatars` (
	`uuid` text PRIMARY KEY NOT NULL,
	`project_uuid` text NOT NULL,
	`lineage_uuid` text NOT NULL,
	`version` integer NOT NULL,
	`name` text NOT NULL,
	`tags` text NOT NULL,
	`description` text NOT NULL,
	`file_name` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`container` text NOT NULL,
	`verdict` text NOT NULL,
	`activatable` integer NOT NULL,
	`issues` text NOT NULL,
	`manifest_id` text,
	`body_type` text,
	`picture_hash` text,
	`created_at` text NOT NULL,
	`created_by` text,
	`deleted_at` text
);
--> statement-breakpoint
CREATE INDEX `avatars_project` ON `avatars` (`project_uuid`,`deleted_at`);--> statement-breakpoint
CREATE INDEX `avatars_lineage` ON `avatars` (`lineage_uuid`,`version`);--> statement-breakpoint
CREATE TABLE `customers` (
	`uuid` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`feed_cursor` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `library_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`synced_at` text
);
--> statement-breakpoint
CREATE TABLE `projects` (
	`uuid` text PRIMARY KEY NOT NULL,
	`customer_uuid` text NOT NULL,
	`customer_name` text NOT NULL,
	`name` text NOT NULL,
	`created_at` text NOT NULL,
	`active` text,
	`active_set_by` text,
	`active_set_at` text
);
--> statement-breakpoint
CREATE INDEX `projects_customer` ON `projects` (`customer_uuid`);--> statement-breakpoint
CREATE TABLE `transfers` (
	`sequence` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`project_uuid` text NOT NULL,
	`file_name` text NOT NULL,
	`avatar_name` text NOT NULL,
	`total_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`outbox_path` text,
	`lineage_uuid` text,
	`follows_id` text,
	`new_name` text,
	`new_tags` text,
	`description` text,
	`activate` integer DEFAULT false NOT NULL,
	`manifest_id` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`avatar_uuid` text,
	`stored_lineage_uuid` text,
	`version` integer,
	`activation` text,
	`saved_path` text,
	`failure` text,
	`created_at` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `transfers_id` ON `transfers` (`id`);