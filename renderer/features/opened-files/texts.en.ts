import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

export const openedFilesTexts = {
  add: (fileName: string) => sentence`Add ${fileName}`,
  addSeveral: (count: number) => sentence`Add ${plural(count, 'file', 'files')}`,
  more: (count: number) => sentence`and ${count} more`,
  choose: 'Choose a project. The files are checked there before anything is uploaded.',
  chooseForOne: 'Choose a project. The file is checked there before anything is uploaded.',
  search: 'Search projects',
  projects: 'Projects',
  openNow: 'open now',
  described: (customerName: string, isOpen: boolean) => (isOpen ? sentence`${customerName}, open now` : customerName),
  noMatch: 'No project matches.',
  nowhere: "There's no project that you may add files to. Ask a manager or your administrator for access.",
  dontAdd: "Don't add",
} as const;
