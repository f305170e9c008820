import { sentence } from '../../../shared/lib/sentence.ts';

export const openingTexts = {
  notOpened: (name: string) => sentence`Couldn't open ${name}`,
  linkNotFound: 'Not found here',
  projectNotFound: "The link's project isn't here, or you may not see it.",
  askSender: 'Ask who sent the link which server and customer it is for.',
  avatarNotFound: (projectName: string) => sentence`The link's avatar isn't in ${projectName}, or you may not see it.`,
  maybeTrashed: 'It may be in the trash.',
  linkCopied: 'Link copied',
  linkNotCopied: "Couldn't copy the link",
} as const;
