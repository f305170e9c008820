ALTER TABLE "memberships" ADD COLUMN "is_from_provider" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_admin_from_provider" boolean DEFAULT false NOT NULL;