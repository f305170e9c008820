import type { PreviewBackground, PreviewLight, PreviewView } from '../../../shared/contract/preview-frame.ts';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { ControlSection } from './control-section.tsx';
import type { Director } from './use-director.ts';

const views: readonly { readonly id: PreviewView; readonly label: string }[] = [
  { id: 'full', label: 'Full' },
  { id: 'mid', label: 'Mid' },
  { id: 'upper', label: 'Upper' },
  { id: 'head', label: 'Head' },
];

const lights: readonly { readonly id: PreviewLight; readonly label: string }[] = [
  { id: 'studio', label: 'Studio' },
  { id: 'soft', label: 'Soft' },
  { id: 'contrast', label: 'Contrast' },
];

const backgrounds: readonly { readonly id: PreviewBackground; readonly label: string }[] = [
  { id: 'theme', label: 'Window' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
  { id: 'grid', label: 'Grid' },
];

/** Where to look from, and in what light. */
export function ViewControls({ director }: { readonly director: Director }) {
  const { direction, look, setLook, showView } = director;
  return (
    <ControlSection title="View">
      <Segmented label="View" options={views} selectedId={direction.view} onSelect={showView} />
      <div className="grid grid-cols-2 gap-1.5">
        <SelectField
          label="Light"
          options={lights}
          selectedId={look.light}
          onSelect={(id) => setLook({ light: id as PreviewLight })}
        />
        <SelectField
          label="Background"
          options={backgrounds}
          selectedId={look.background}
          onSelect={(id) => setLook({ background: id as PreviewBackground })}
        />
      </div>
    </ControlSection>
  );
}
