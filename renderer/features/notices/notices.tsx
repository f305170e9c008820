import { X } from 'lucide-react';
import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { useAnnouncement } from '../../stores/notices/announcements.ts';
import { type Notice, noticeQueue } from '../../stores/notices/notices.ts';
import { noticeTexts } from './texts.en.ts';

interface NoticeTextProps {
  readonly notice: Notice;
}

function NoticeText({ notice }: NoticeTextProps) {
  return (
    <ToastContent className="min-w-0 flex-1 py-1">
      <Text
        slot="title"
        className={classNames('block font-medium wrap-anywhere', notice.tone === 'problem' && 'text-problem')}
      >
        {notice.title}
      </Text>
      {notice.detail || notice.hint || notice.code ? (
        <Text slot="description" className="block text-ink-soft wrap-anywhere">
          {[notice.detail, notice.hint].filter(Boolean).join(' ')}
          {notice.code ? <span className="block font-mono text-xs text-ink-faint">{notice.code}</span> : null}
        </Text>
      ) : null}
    </ToastContent>
  );
}

/** Toasts over the page, where they cover no row of buttons. They never take the focus. */
export function Notices() {
  return (
    <ToastRegion
      queue={noticeQueue}
      aria-label={noticeTexts.notifications}
      className="notices z-50 flex flex-col gap-2"
    >
      {({ toast }) => (
        <Toast
          toast={toast}
          className="slide-up flex items-start gap-2 rounded-md border border-line bg-surface p-2 pl-3 shadow-float"
        >
          <NoticeText notice={toast.content} />
          {toast.content.action ? (
            <Button
              look="quiet"
              onPress={() => {
                toast.content.action?.run();
                noticeQueue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </Button>
          ) : null}
          <AriaButton
            slot="close"
            aria-label={noticeTexts.dismiss}
            className="grid size-7 shrink-0 cursor-default place-items-center rounded-md text-ink-faint data-hovered:veil-hover"
          >
            <X size={14} aria-hidden />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}

/** Reads progress and results to screen readers. */
export function Announcer() {
  const { text, count } = useAnnouncement();
  return (
    <output aria-live="polite" aria-label={noticeTexts.announcements} className="sr-only">
      <span key={count}>{text}</span>
    </output>
  );
}
