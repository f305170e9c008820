import type { PreviewBackground, PreviewLight, PreviewView } from '../../../shared/contract/preview-frame.ts';
import { Segmented } from '../../components/segmented.tsx';
import { SelectField } from '../../components/select-field.tsx';
import { ControlSection } from './control-section.tsx';
import { previewTexts } from './texts.en.ts';
import type { Director } from './use-director.ts';

const views: readonly { readonly id: PreviewView; readonly label: string }[] = [
  { id: 'full', label: previewTexts.fullView },
  { id: 'mid', label: previewTexts.midView },
  { id: 'upper', label: previewTexts.upperView },
  { id: 'head', label: previewTexts.headView },
];

const lights: readonly { readonly id: PreviewLight; readonly label: string }[] = [
  { id: 'studio', label: previewTexts.studioLight },
  { id: 'soft', label: previewTexts.softLight },
  { id: 'contrast', label: previewTexts.contrastLight },
];

const backgrounds: readonly { readonly id: PreviewBackground; readonly label: string }[] = [
  { id: 'theme', label: previewTexts.themeBackground },
  { id: 'light', label: previewTexts.lightBackground },
  { id: 'dark', label: previewTexts.darkBackground },
  { id: 'grid', label: previewTexts.gridBackground },
];

export function ViewControls({ director }: { readonly director: Director }) {
  const { direction, look, setLook, showView } = director;
  return (
    <ControlSection title={previewTexts.view}>
      <Segmented label={previewTexts.view} options={views} selectedId={direction.view} onSelect={showView} />
      <div className="grid grid-cols-2 gap-1.5">
        <SelectField
          label={previewTexts.light}
          options={lights}
          selectedId={look.light}
          onSelect={(id) => setLook({ light: id as PreviewLight })}
        />
        <SelectField
          label={previewTexts.background}
          options={backgrounds}
          selectedId={look.background}
          onSelect={(id) => setLook({ background: id as PreviewBackground })}
        />
      </div>
    </ControlSection>
  );
}
