CREATE TABLE `summaries` (
	`sha256` text PRIMARY KEY NOT NULL,
	`summary_version` integer NOT NULL,
	`summary` text
);
