ALTER TABLE "avatars" DROP CONSTRAINT "avatars_never_invalid";--> statement-breakpoint
ALTER TABLE "avatars" DROP CONSTRAINT "avatars_active_is_activatable";--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "check_rules" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "rechecked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "upload_verdict" text;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "upload_activatable" boolean;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_invalid_by_newer_rules" CHECK ("avatars"."verdict" <> 'invalid' or "avatars"."rechecked_at" is not null);--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_active_was_activatable" CHECK (not ("avatars"."is_active" and not "avatars"."activatable") or "avatars"."rechecked_at" is not null);--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_recheck_complete" CHECK (num_nonnulls("avatars"."rechecked_at", "avatars"."upload_verdict", "avatars"."upload_activatable") in (0, 3));