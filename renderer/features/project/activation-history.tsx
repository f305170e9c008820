import { History } from 'lucide-react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { ActivationList } from '../../components/activation-list.tsx';
import { Button } from '../../components/button.tsx';
import { floatLook } from '../../components/menu.tsx';
import { ScrollBox } from '../../components/scroll-box.tsx';
import { projectTexts } from './texts.en.ts';

interface HistoryProps {
  readonly project: ProjectView;
  readonly labelLook: string;
}

/** Opens what was live in the project lately; known offline, too. */
export function ActivationHistory({ project, labelLook }: HistoryProps) {
  return (
    <DialogTrigger>
      <Button icon={History}>
        <span className={labelLook}>{projectTexts.history}</span>
      </Button>
      <Popover placement="bottom start" offset={4} className={`${floatLook} w-80`}>
        <Dialog className="flex max-h-[60vh] flex-col gap-1 p-4">
          <Heading slot="title" className="font-semibold">
            {projectTexts.historyOf(project.name)}
          </Heading>
          <ScrollBox className="min-h-0">
            <ActivationList
              label={projectTexts.history}
              activations={project.activations}
              activeVersionUuid={project.active?.versionUuid ?? null}
            />
          </ScrollBox>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
