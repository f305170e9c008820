import { FileUp, FolderUp } from 'lucide-react';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { BundleOutline } from '../../components/bundle-outline.tsx';
import { Button } from '../../components/button.tsx';
import { showChooser } from '../../stores/uploads/choosers.ts';
import { projectTexts } from './texts.en.ts';

export function EmptyProject({ block }: { readonly block: string | null }) {
  return (
    <section
      aria-label={projectTexts.emptyProject}
      className="mb-4 flex min-h-0 flex-1 flex-col items-center justify-center gap-3 rounded-lg border border-dashed border-line-strong p-6 text-center"
    >
      <BundleOutline className="size-24 text-ink-faint [@media(max-height:640px)]:hidden" />
      <p className="text-lg font-semibold">{block ? projectTexts.noAvatars : projectTexts.dropHere}</p>
      <div className="flex gap-1.5">
        <Button look="primary" icon={FileUp} blockedReason={block} onPress={() => showChooser('files')}>
          {projectTexts.chooseFiles}
        </Button>
        <Button icon={FolderUp} blockedReason={block} onPress={() => showChooser('folder')}>
          {projectTexts.chooseFolder}
        </Button>
      </div>
      <p className="max-w-md text-ink-soft">{block ?? projectTexts.aboutBundles(MAX_BUNDLE_BYTES / MIB)}</p>
    </section>
  );
}
