import { FileUp, FolderUp } from 'lucide-react';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { BundleOutline } from '../../components/bundle-outline.tsx';
import { Button } from '../../components/button.tsx';
import { showChooser } from '../../stores/choosers.ts';

export function EmptyProject({ block }: { readonly block: string | null }) {
  return (
    <section
      aria-label="Empty project"
      className="mb-4 flex min-h-0 flex-1 flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-line-strong p-6 text-center"
    >
      <BundleOutline className="size-24 text-ink-faint [@media(max-height:640px)]:hidden" />
      <p className="text-lg font-semibold">{block ? 'No avatars here yet' : 'Drop .gab files here'}</p>
      <div className="flex gap-1.5">
        <Button look="primary" icon={FileUp} blockedReason={block} onPress={() => showChooser('files')}>
          Choose files
        </Button>
        <Button icon={FolderUp} blockedReason={block} onPress={() => showChooser('folder')}>
          Choose folder
        </Button>
      </div>
      <p className="max-w-md text-ink-soft">
        {block ??
          `A bundle is one file that holds an avatar: its model or portraits, its voice, its picture and what it is called. Files up to ${MAX_BUNDLE_BYTES / MIB} MiB; each is checked here before anything is sent.`}
      </p>
    </section>
  );
}
