import type { ActivatedVersion, ActivationHow } from '../../shared/domain/activations.ts';

const how: Readonly<Record<ActivationHow, string>> = {
  upload: 'after its upload',
  choice: '',
  rollback: 'rolled back',
  undo: 'undone',
  trash: 'moved to the trash',
};

const version = ({ name, version: number }: Pick<ActivatedVersion, 'name' | 'version'>) => `${name} v${number}`;

export const activationListTexts = {
  version,
  nothing: 'Nothing live',
  how,
  before: (before: ActivatedVersion) => `before: ${version(before)}`,
} as const;
