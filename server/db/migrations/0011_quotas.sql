ALTER TABLE "customers" ADD COLUMN "quota_bytes" bigint;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "quota_bytes" bigint;--> statement-breakpoint
CREATE INDEX "avatars_size_by_project" ON "avatars" USING btree ("project_id","file_size");--> statement-breakpoint
CREATE INDEX "avatars_size_by_user" ON "avatars" USING btree ("created_by_user_id","file_size");--> statement-breakpoint
CREATE INDEX "avatars_sha256" ON "avatars" USING btree ("sha256");--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_quota_counts" CHECK ("customers"."quota_bytes" >= 0);--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_quota_counts" CHECK ("projects"."quota_bytes" >= 0);