import { Toasts } from '@orbweaver/ui/toast'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { useSession } from '../../api/session.ts'
import { useLive } from '../../api/use-live.ts'
import { Region } from '../boundaries.tsx'
import { parseSearch } from '../location.ts'
import { PlanProvider } from '../plan/plan-provider.tsx'
import { useText } from '../text.ts'
import './frame.css'
import { FrameDialogs } from './frame-dialogs.tsx'
import { useArrival } from './arrival.ts'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'

/** What stands around every page. A host that embeds the console drops the rail or the bar by `?embed=rail,bar`. */
export function Frame() {
  const t = useText()
  useLive()
  const dropped = useRouterState({
    select: (state) => parseSearch(state.location.searchStr).embed ?? '',
  }).split(',')
  const main = useArrival()
  return (
    <Toasts>
      <FrameDialogs>
        <PlanProvider>
          <div className="ow-frame">
            <a className="ow-skip" href="#main">
              {t('skip')}
            </a>
            {!dropped.includes('rail') && <Rail />}
            <div className="ow-frame-side">
              {!dropped.includes('bar') && (
                <Region>
                  <TopBar />
                </Region>
              )}
              <ReadOnlyNote />
              <main id="main" ref={main} tabIndex={-1}>
                <Outlet />
              </main>
            </div>
          </div>
        </PlanProvider>
      </FrameDialogs>
    </Toasts>
  )
}

/** Plans can be made and read in read-only mode, so nothing else on a page tells that none can be carried out. */
function ReadOnlyNote() {
  const t = useText()
  return useSession().readOnly ? <p className="ow-read-only">{t('readOnly')}</p> : null
}
