export const previewStoreTexts = {
  notABundle: "This file isn't a bundle, so it can't be previewed.",
  thumbnailSaved: 'Thumbnail updated',
} as const;
