import type { ReactNode } from 'react';
import { Modal, ModalOverlay } from 'react-aria-components';
import { classNames } from './class-names.ts';

interface ModalCardProps {
  readonly isOpen: boolean;
  /** Called on Escape and, if the card is dismissable, on a press outside it. */
  readonly onClose: () => void;
  /** False where a press outside by mistake would lose something. */
  readonly isDismissable?: boolean;
  /** Sets the width. */
  readonly className: string;
  /** A react-aria Dialog. */
  readonly children: ReactNode;
}

/**
 * In the middle of the window, over everything else; for questions that must be answered before
 * work continues. Leaves a strip at the bottom free for a notice.
 */
export function ModalCard({ isOpen, onClose, isDismissable = true, className, children }: ModalCardProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      isDismissable={isDismissable}
      data-modal-layer=""
      className="fixed inset-0 z-40 grid place-items-center bg-[rgb(0_0_0/0.35)] pt-2 pb-14"
    >
      <Modal className={classNames('max-w-[92vw] rounded-lg border border-line bg-surface shadow-float', className)}>
        {children}
      </Modal>
    </ModalOverlay>
  );
}
