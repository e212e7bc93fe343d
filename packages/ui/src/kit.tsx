import { ConfigProvider } from 'antd'
import antdEn from 'antd/es/locale/en_US'
import antdZh from 'antd/es/locale/zh_CN'
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react'
import './kit.css'
import { customProperties, palettes, type Scheme } from './palette.ts'
import { fontFamily, monoFamily, themeOf } from './theme.ts'
import { en } from './words.en.ts'
import { fill, type Words } from './words.ts'
import { zh } from './words.zh.ts'

export type { Scheme } from './palette.ts'
export type Locale = 'en' | 'zh'

type KitState = { locale: Locale; scheme: Scheme; still: boolean; words: Words }
const KitContext = createContext<KitState>({ locale: 'en', scheme: 'light', still: false, words: en })

/** Language and colours for everything below; the app decides both and says so here once. */
export function Kit(props: { locale: Locale; scheme: Scheme; children: ReactNode }) {
  const { locale, scheme } = props
  const still = useMedia('(prefers-reduced-motion: reduce)')
  const theme = useMemo(() => themeOf(scheme, still), [scheme, still])
  const state = useMemo(() => ({ locale, scheme, still, words: locale === 'zh' ? zh : en }), [locale, scheme, still])
  const sheet = useMemo(
    () =>
      `:root{${customProperties(palettes[scheme])}--ow-font:${fontFamily};--ow-mono:${monoFamily};color-scheme:${scheme};}`,
    [scheme],
  )
  return (
    <KitContext value={state}>
      <style>{sheet}</style>
      <ConfigProvider
        theme={theme}
        locale={locale === 'zh' ? antdZh : antdEn}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        getPopupContainer={popupContainer}
      >
        {props.children}
      </ConfigProvider>
    </KitContext>
  )
}

/** What pops up belongs to the landmark that it is opened in. */
function popupContainer(trigger?: HTMLElement): HTMLElement {
  return trigger?.closest<HTMLElement>('[role="dialog"], main') ?? document.body
}

export function useKit(): KitState {
  return useContext(KitContext)
}

/** The kit's words in the reader's language, blanks filled. */
export function useWords(): (key: keyof Words, params?: Parameters<typeof fill>[2]) => string {
  const { words } = useContext(KitContext)
  return (key, params = {}) => fill(words, key, params)
}

/** Whether a media query holds now, followed as it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => window.matchMedia(query).matches,
  )
}
