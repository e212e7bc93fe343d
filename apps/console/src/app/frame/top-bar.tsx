import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { useSyncExternalStore } from 'react'
import { streamIsOpen, watchStreamState } from '../../api/live/stream-state.ts'
import { useSession } from '../../api/session.ts'
import { useText } from '../text.ts'
import { AccountMenu } from './account-menu.tsx'
import { type Theme, useTheme } from './appearance.ts'
import { Breadcrumb } from './breadcrumb.tsx'
import { useFrameDialogs } from './frame-dialogs.tsx'
import { LanguageMenu } from './language-menu.tsx'
import { RunningChanges } from './running-changes.tsx'

export function TopBar() {
  const t = useText()
  const dialogs = useFrameDialogs()
  const session = useSession()
  return (
    <header className="ow-bar">
      <Breadcrumb />
      <span className="ow-spring" />
      <button type="button" className="ow-find" aria-label={t('find.label')} onClick={dialogs.find}>
        <Icon name="search" />
        <span>{t('bar.search')}</span>
        <kbd>{isMac() ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <StreamNote />
      <RunningChanges />
      <LanguageMenu />
      <ThemeMenu />
      <button
        type="button"
        className="ow-icon-button"
        aria-label={t('bar.help')}
        title={t('bar.help')}
        onClick={dialogs.help}
      >
        <Icon name="help" />
      </button>
      <AccountMenu session={session} />
    </header>
  )
}

function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent)
}

/** Only said when it is so: that updates do not arrive by themselves. */
function StreamNote() {
  const t = useText()
  const open = useSyncExternalStore(watchStreamState, streamIsOpen)
  return (
    <output>
      {!open && (
        <span className="ow-bar-note ow-late" title={t('bar.offlineHint')}>
          {t('bar.offline')}
        </span>
      )}
    </output>
  )
}

const themeIcons = { light: 'sun', dark: 'moon', system: 'screen' } as const

function ThemeMenu() {
  const t = useText()
  const [theme, setTheme] = useTheme()
  const words: Record<Theme, string> = {
    light: t('bar.themeLight'),
    dark: t('bar.themeDark'),
    system: t('bar.themeSystem'),
  }
  return (
    <MenuButton
      label={t('bar.theme')}
      trigger={<Icon name={themeIcons[theme]} />}
      entries={(['light', 'dark', 'system'] as const).map((each) => ({
        key: each,
        label: words[each],
        icon: <Icon name={themeIcons[each]} />,
        checked: each === theme,
        onSelect: () => setTheme(each),
      }))}
    />
  )
}
