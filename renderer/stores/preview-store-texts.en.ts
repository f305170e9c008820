export const previewStoreTexts = {
  notABundle: "This file isn't a bundle, so it can't be previewed.",
  thumbnailSaved: 'Thumbnail updated',
  fileGoneTitle: 'The file is no longer here',
  fileGoneDetail: 'It was changed or removed after it was checked.',
  noPictureTitle: "Couldn't take the picture",
  noPictureDetail: "Even the smallest picture is over the 512 KiB limit for thumbnails, or the preview didn't respond.",
  noPictureHint: 'Choose a plain background and try again.',
} as const;
