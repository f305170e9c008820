import { generalTexts } from '../../stores/general-texts.en.ts';
import { openDetails, openPage, openProject, selectAvatar } from '../../stores/view/view-store.ts';
import type { PaletteContext } from './palette-context.ts';
import type { PaletteEntry } from './palette-entry.ts';
import { paletteTexts as texts } from './texts.en.ts';

/** Every project, with the picture of what is live in it, and the other pages. */
export function pageEntries({ projects, user }: PaletteContext): PaletteEntry[] {
  return [
    ...projects.map((project) => ({
      id: `project-${project.uuid}`,
      name: project.name,
      detail: project.customerName,
      words: texts.projectWords,
      picture: { src: project.active?.thumbnailUrl ?? null },
      run: () => openProject(project.uuid),
    })),
    {
      id: 'page-trash',
      name: texts.trash,
      words: texts.trashWords,
      isFallback: true,
      run: () => openPage({ kind: 'trash' }),
    },
    ...(user.isAdmin
      ? [{ id: 'page-audit', name: texts.audit, words: texts.auditWords, run: () => openPage({ kind: 'audit' }) }]
      : []),
  ];
}

/** Every avatar of every project, with its picture. */
export function avatarEntries({ avatars, projects }: PaletteContext): PaletteEntry[] {
  const projectNames = new Map(projects.map(({ uuid, name }) => [uuid, name]));
  return avatars.flatMap((avatar) => {
    const projectName = projectNames.get(avatar.projectUuid);
    if (projectName === undefined) return [];
    const where = avatar.isActive ? texts.liveIn(projectName) : projectName;
    return {
      id: `avatar-${avatar.avatarUuid}`,
      name: generalTexts.version(avatar.name, avatar.version),
      detail: where,
      words: avatar.tags.join(' '),
      picture: { src: avatar.thumbnailUrl },
      run: () => {
        openProject(avatar.projectUuid);
        selectAvatar(avatar.avatarUuid);
        openDetails('details');
      },
    };
  });
}
