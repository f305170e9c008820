import { Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { PreviewClip } from '../../../shared/contract/preview-frame.ts';
import { IconButton } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { TextField } from '../../components/text-field.tsx';
import { ControlSection } from './control-section.tsx';
import { type ClipGroup, capitalize, groupClips, matchingLabels } from './preview-rules.ts';
import { previewTexts } from './texts.en.ts';
import type { Director } from './use-director.ts';

/** More clips than this are found sooner by typing. */
const SEARCH_ABOVE = 10;

interface GroupProps {
  readonly group: ClipGroup;
  readonly director: Director;
}

function ClipButton({ clip, director }: { readonly clip: PreviewClip; readonly director: Director }) {
  const isPlaying = director.direction.clipId === clip.id;
  return (
    <ToggleButton
      isSelected={isPlaying}
      onChange={() => director.playClip(isPlaying ? null : clip.id)}
      className={classNames(
        'flex h-6 w-full cursor-default items-center gap-2 rounded-sm px-1.5 text-left data-hovered:veil-hover',
        'focus-inside data-selected:bg-action-soft data-selected:text-action-ink',
      )}
    >
      <span className="min-w-0 flex-1 truncate" title={clip.label}>
        {clip.label}
      </span>
      <span className="shrink-0 text-xs text-ink-faint tabular-nums">{previewTexts.clipSeconds(clip.seconds)}</span>
    </ToggleButton>
  );
}

function Group({ group, director }: GroupProps) {
  const name = group.slot === null ? previewTexts.noSlot : capitalize(group.slot);
  return (
    <fieldset aria-label={previewTexts.clipsOf(name)} className="min-w-0">
      <p className="px-1.5 text-xs text-ink-faint">{name}</p>
      {group.clips.map((clip) => (
        <ClipButton key={clip.id} clip={clip} director={director} />
      ))}
    </fieldset>
  );
}

/** The clips by slot, then those that no slot uses. */
export function ClipControls({
  clips,
  director,
}: {
  readonly clips: readonly PreviewClip[];
  readonly director: Director;
}) {
  const { direction, playClip, setPaused } = director;
  const [query, setQuery] = useState('');
  const matching = matchingLabels(clips, query);
  const isPlaying = direction.clipId !== null;
  return (
    <ControlSection
      title={previewTexts.animation}
      end={
        <>
          <IconButton
            label={direction.isPaused ? previewTexts.play : previewTexts.pause}
            icon={direction.isPaused ? Play : Pause}
            size={13}
            className="size-6"
            isDisabled={!isPlaying}
            onPress={() => setPaused(!direction.isPaused)}
          />
          <IconButton
            label={previewTexts.stopAnimation}
            icon={Square}
            size={12}
            className="size-6"
            isDisabled={!isPlaying}
            onPress={() => playClip(null)}
          />
        </>
      }
    >
      {clips.length > SEARCH_ABOVE ? (
        <TextField
          label={previewTexts.searchClips}
          isLabelHidden
          placeholder={previewTexts.searchClips}
          value={query}
          onChange={setQuery}
        />
      ) : null}
      {matching.length === 0 ? <p className="text-sm text-ink-faint">{previewTexts.noMatchingClips}</p> : null}
      <div className="-mx-1.5 flex max-h-56 flex-col gap-1.5 overflow-y-auto">
        {groupClips(matching).map((group) => (
          <Group key={group.slot ?? ''} group={group} director={director} />
        ))}
      </div>
    </ControlSection>
  );
}
