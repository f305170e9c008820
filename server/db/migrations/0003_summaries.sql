CREATE TABLE "avatar_summaries" (
	"avatar_id" integer PRIMARY KEY NOT NULL,
	"summary_version" integer NOT NULL,
	"summary" text
);
--> statement-breakpoint
ALTER TABLE "avatar_summaries" ADD CONSTRAINT "avatar_summaries_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;