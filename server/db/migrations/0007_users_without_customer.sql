ALTER TABLE "users" DROP CONSTRAINT "users_role_known";--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_admins_have_no_customer";--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_customer_id_customers_id_fk";
--> statement-breakpoint
DROP INDEX "projects_name_per_customer";--> statement-breakpoint
CREATE UNIQUE INDEX "projects_name_per_customer" ON "projects" USING btree ("customer_id",lower("name")) WHERE "projects"."deleted_at" is null;--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "customer_id";--> statement-breakpoint
ALTER TABLE "users" DROP COLUMN "role";