import { ChevronRight } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { AvatarView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { useShownRows } from '../../components/use-shown-rows.tsx';
import { chooseTagsForAll } from '../../stores/uploads/staging-store.ts';
import { groupFiles, replacedBy, type SheetContents, type SheetGroup } from './sheet-contents.ts';
import { StagedRow } from './staged-row.tsx';
import { TagsTextField } from './tags-text-field.tsx';
import { uploadSheetTexts } from './texts.en.ts';

interface TagsForAllProps {
  readonly projectUuid: string;
  readonly avatars: readonly AvatarView[];
}

function TagsForAll({ projectUuid, avatars }: TagsForAllProps) {
  const [tags, setTags] = useState('');
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    chooseTagsForAll(projectUuid, tags);
  };
  return (
    <form onSubmit={apply} className="flex items-start gap-2 px-4 pt-1 pb-2">
      <TagsTextField
        label={uploadSheetTexts.tagsForAll}
        help={uploadSheetTexts.tagsForAllHelp}
        avatars={avatars}
        value={tags}
        onChange={setTags}
        className="w-96 min-w-0"
      />
      <Button type="submit" className="mt-5" isDisabled={tags.trim() === ''}>
        {uploadSheetTexts.applyTags}
      </Button>
    </form>
  );
}

/** The files that people have opened or folded; a file moves to another group when it is checked. */
type OpenRows = Readonly<Record<string, boolean>>;

interface GroupProps {
  readonly group: SheetGroup;
  readonly contents: SheetContents;
  readonly openRows: OpenRows;
  readonly onToggle: (stageId: string, isOpen: boolean) => void;
}

function Rows({ group, contents, openRows, onToggle }: GroupProps) {
  const { plan, avatars, files: all, arrivingCount } = contents;
  const { rows, more } = useShownRows(group.files);
  // Nothing is gained by folding the only file. It is open from the first moment: if it unfolded
  // later, a press meant to open it would fold it. A file counts as arriving until it is in the
  // sheet and a moment longer.
  const isAlone = all.length === 1 && arrivingCount <= 1;
  const planned = useMemo(() => new Map(plan.files.map((one) => [one.file.stageId, one])), [plan]);
  return (
    <>
      <ul aria-label={uploadSheetTexts.groups[group.kind]} className="divide-y divide-line">
        {rows.map((file) => {
          const one = planned.get(file.stageId) ?? null;
          const problem = plan.problems[file.stageId] ?? null;
          return (
            <StagedRow
              key={file.stageId}
              file={file}
              planned={one}
              avatars={avatars}
              problem={problem}
              isActivated={plan.activatedId === file.stageId}
              replaced={one && replacedBy(one, contents)}
              isOpen={openRows[file.stageId] ?? (isAlone || problem !== null)}
              onToggle={(isOpen) => onToggle(file.stageId, isOpen)}
            />
          );
        })}
      </ul>
      {more}
    </>
  );
}

function Group(props: GroupProps) {
  const { group, contents } = props;
  const [isOpen, setOpen] = useState(true);
  const newCount = contents.plan.files.filter(({ choice }) => choice.avatarUuid === null).length;
  const [first] = group.files;
  return (
    <section aria-label={uploadSheetTexts.groups[group.kind]} className="border-b border-line last:border-b-0">
      <h3 className="px-3 py-1">
        <AriaButton
          aria-expanded={isOpen}
          onPress={() => setOpen(!isOpen)}
          className="flex h-7 cursor-default items-center gap-1.5 rounded-sm px-1 font-semibold data-hovered:bg-hover"
        >
          <ChevronRight size={13} aria-hidden className={classNames(isOpen && 'rotate-90')} />
          {uploadSheetTexts.group(group.kind, group.files.length)}
        </AriaButton>
      </h3>
      {isOpen && first && group.kind === 'ready' && newCount > 1 ? (
        <TagsForAll projectUuid={first.projectUuid} avatars={contents.avatars} />
      ) : null}
      {isOpen ? <Rows {...props} /> : null}
    </section>
  );
}

/** Refused files first, because they need attention; then those that can be uploaded. */
export function SheetGroups({ contents }: { readonly contents: SheetContents }) {
  const [openRows, setOpenRows] = useState<OpenRows>({});
  const toggle = (stageId: string, isOpen: boolean): void =>
    setOpenRows((before) => (before[stageId] === isOpen ? before : { ...before, [stageId]: isOpen }));
  return groupFiles(contents.files).map((group) => (
    <Group key={group.kind} group={group} contents={contents} openRows={openRows} onToggle={toggle} />
  ));
}
