CREATE TABLE `pins` (
	`project_uuid` text PRIMARY KEY NOT NULL,
	`pinned_at` text NOT NULL
);
