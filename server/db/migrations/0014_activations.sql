CREATE TABLE "activations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "activations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"uuid" uuid DEFAULT gen_random_uuid() NOT NULL,
	"project_id" integer NOT NULL,
	"from_avatar_uuid" uuid,
	"from_lineage_uuid" uuid,
	"from_name" text,
	"from_version" integer,
	"to_avatar_uuid" uuid,
	"to_lineage_uuid" uuid,
	"to_name" text,
	"to_version" integer,
	"how" text NOT NULL,
	"set_by_user_id" integer,
	"set_by" text,
	"set_at" timestamp with time zone NOT NULL,
	CONSTRAINT "activations_uuid_unique" UNIQUE("uuid"),
	CONSTRAINT "activations_from_complete" CHECK (num_nonnulls("activations"."from_avatar_uuid", "activations"."from_lineage_uuid", "activations"."from_name", "activations"."from_version") in (0, 4)),
	CONSTRAINT "activations_to_complete" CHECK (num_nonnulls("activations"."to_avatar_uuid", "activations"."to_lineage_uuid", "activations"."to_name", "activations"."to_version") in (0, 4)),
	CONSTRAINT "activations_change_something" CHECK ("activations"."from_avatar_uuid" is distinct from "activations"."to_avatar_uuid")
);
--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activations" ADD CONSTRAINT "activations_set_by_user_id_users_id_fk" FOREIGN KEY ("set_by_user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "activations_project" ON "activations" USING btree ("project_id","id");--> statement-breakpoint
INSERT INTO "activations" ("project_id", "to_avatar_uuid", "to_lineage_uuid", "to_name", "to_version", "how", "set_by_user_id", "set_by", "set_at")
SELECT "projects"."id", "avatars"."uuid", "lineages"."uuid", "lineages"."name", "avatars"."version", 'choice', "users"."id", "users"."name",
  coalesce("projects"."active_set_at", "avatars"."created_at")
FROM "avatars"
JOIN "projects" ON "projects"."id" = "avatars"."project_id"
JOIN "lineages" ON "lineages"."id" = "avatars"."lineage_id"
LEFT JOIN "users" ON "users"."id" = "projects"."active_set_by_user_id"
WHERE "avatars"."is_active"
ORDER BY "projects"."id";
