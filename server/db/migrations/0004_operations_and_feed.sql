ALTER TABLE "avatars" ADD COLUMN "described_by_user_id" integer;--> statement-breakpoint
ALTER TABLE "avatars" ADD COLUMN "described_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lineages" ADD COLUMN "labelled_by_user_id" integer;--> statement-breakpoint
ALTER TABLE "lineages" ADD COLUMN "labelled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "feed_floor" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "change_feed" ADD COLUMN "is_latest" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "change_feed" ADD COLUMN "at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "avatars" ADD CONSTRAINT "avatars_described_by_user_id_users_id_fk" FOREIGN KEY ("described_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lineages" ADD CONSTRAINT "lineages_labelled_by_user_id_users_id_fk" FOREIGN KEY ("labelled_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "change_feed_latest" ON "change_feed" USING btree ("customer_id","seq") WHERE "change_feed"."is_latest";--> statement-breakpoint
UPDATE "change_feed" AS "older" SET "is_latest" = false FROM (
  SELECT "customer_id", "entity_uuid", "entity", max("seq") AS "seq" FROM "change_feed" GROUP BY 1, 2, 3
) AS "latest"
WHERE "older"."customer_id" = "latest"."customer_id" AND "older"."entity_uuid" = "latest"."entity_uuid"
  AND "older"."entity" = "latest"."entity" AND "older"."seq" < "latest"."seq";--> statement-breakpoint
CREATE UNIQUE INDEX "change_feed_one_latest_per_entity" ON "change_feed" USING btree ("customer_id","entity_uuid","entity") WHERE "change_feed"."is_latest";--> statement-breakpoint
CREATE INDEX "change_feed_superseded" ON "change_feed" USING btree ("customer_id","at") WHERE not "change_feed"."is_latest";--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_feed_floor_passed" CHECK ("customers"."feed_floor" <= "customers"."feed_seq");