CREATE TABLE "bundle_pieces" (
	"avatar_id" integer NOT NULL,
	"ordinal" integer NOT NULL,
	"path_hex" text NOT NULL,
	"file_offset" integer NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "bundle_pieces_avatar_id_ordinal_pk" PRIMARY KEY("avatar_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "upload_sessions" (
	"uuid" uuid PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL,
	"project_id" integer NOT NULL,
	"fingerprint" text NOT NULL,
	"original_filename" text NOT NULL,
	"file_size" integer NOT NULL,
	"sha256" text NOT NULL,
	"fields" jsonb NOT NULL,
	"recipe" "bytea" NOT NULL,
	"plan" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bundle_pieces" ADD CONSTRAINT "bundle_pieces_avatar_id_avatars_id_fk" FOREIGN KEY ("avatar_id") REFERENCES "public"."avatars"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_sessions" ADD CONSTRAINT "upload_sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload_sessions" ADD CONSTRAINT "upload_sessions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bundle_pieces_sha256" ON "bundle_pieces" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "upload_sessions_user" ON "upload_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "upload_sessions_touched_at" ON "upload_sessions" USING btree ("touched_at");