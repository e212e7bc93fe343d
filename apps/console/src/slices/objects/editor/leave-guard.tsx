import { Dialog } from '@orbweaver/ui/dialog'
import { useBlocker } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useRef } from 'react'
import { useText } from '../text.ts'

export type LeaveGuard = { dialog: ReactNode; release: () => void }

/** Asks before unsaved edits are left; `release` lets the page itself go on once they are safe. */
export function useLeaveGuard(dirty: boolean, onLeave: () => void): LeaveGuard {
  const free = useRef(false)
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !free.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !free.current,
    withResolver: true,
  })
  const dialog = blocker.status === 'blocked' && (
    <LeaveDialog
      onStay={blocker.reset}
      onLeave={() => {
        onLeave()
        blocker.proceed()
      }}
    />
  )
  return {
    dialog,
    release: () => {
      free.current = true
    },
  }
}

function LeaveDialog(props: { onStay: () => void; onLeave: () => void }) {
  const t = useText()
  return (
    <Dialog
      title={t('leave.title')}
      onClose={props.onStay}
      footer={
        <>
          <Button onClick={props.onLeave} danger>
            {t('leave.go')}
          </Button>
          <Button type="primary" onClick={props.onStay}>
            {t('leave.stay')}
          </Button>
        </>
      }
    >
      <p>{t('leave.what')}</p>
    </Dialog>
  )
}
