ALTER TABLE `projects` ADD `activations` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
-- Activations in the outbox from before they said how, and what they take back.
UPDATE `operations` SET `intent` = json_set(`intent`, '$.how', 'choice', '$.undoes', NULL) WHERE `intent` ->> 'kind' = 'activate';
