import type { ReactNode } from 'react';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { countFindings } from '../../components/describe-finding.ts';
import { formatExactly, formatWhen } from '../../components/format-time.ts';
import { bodyLabel, containerLabel, verdictLabel } from '../../stores/library/version-labels.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { DescriptionField } from './description-field.tsx';
import { TagsField } from './tags-field.tsx';
import { detailsTexts } from './texts.en.ts';

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-faint">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1" data-selectable>
        {children}
      </dd>
    </div>
  );
}

export function Details({ selection }: { readonly selection: Selection }) {
  const { version } = selection;
  return (
    <div className="flex flex-col gap-4">
      <TagsField selection={selection} />
      <DescriptionField selection={selection} />
      <dl className="grid grid-cols-[76px_1fr] gap-x-3 gap-y-1">
        <Fact name={detailsTexts.file}>
          <span className="truncate" title={version.fileName}>
            {version.fileName}
          </span>
        </Fact>
        <Fact name={detailsTexts.size}>{formatBytes(version.sizeBytes)}</Fact>
        <Fact name={detailsTexts.kind}>
          {detailsTexts.kindAndContainer(bodyLabel(version), containerLabel(version))}
        </Fact>
        <Fact name={detailsTexts.checked}>
          {version.issues.length > 0
            ? detailsTexts.verdictAndFindings(verdictLabel(version), countFindings(version.issues))
            : verdictLabel(version)}
        </Fact>
        <Fact name={detailsTexts.added}>
          <span title={formatExactly(version.createdAt)}>
            {version.createdBy
              ? detailsTexts.addedBy(formatWhen(version.createdAt), version.createdBy)
              : formatWhen(version.createdAt)}
          </span>
        </Fact>
        <Fact name={detailsTexts.sha256}>
          <span className="font-mono text-sm" title={version.sha256}>
            {version.sha256.slice(0, 12)}…
          </span>
          <CopyButton label={detailsTexts.copySha256} text={version.sha256} isIconOnly />
        </Fact>
      </dl>
    </div>
  );
}
