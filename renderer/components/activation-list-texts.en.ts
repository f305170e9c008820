import type { ActivatedVersion, ActivationHow } from '../../shared/domain/activations.ts';
import { sentence } from '../../shared/lib/sentence.ts';

const how: Readonly<Record<ActivationHow, string>> = {
  upload: 'after its upload',
  choice: '',
  rollback: 'rolled back',
  undo: 'undone',
  trash: 'moved to the trash',
};

const version = ({ name, version: number }: Pick<ActivatedVersion, 'name' | 'version'>) => sentence`${name} v${number}`;

export const activationListTexts = {
  version,
  nothing: 'Nothing live',
  how,
  before: (before: ActivatedVersion) => sentence`before: ${version(before)}`,
} as const;
