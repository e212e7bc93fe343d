import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { useWords } from './kit.tsx'

/** What a choice is emptied by (antd's `allowClear`), named in the reader's language: antd's own is English. */
export function useClearing(): (name: string) => { clearIcon: ReactNode; label: string } {
  const t = useWords()
  return (name) => ({ clearIcon: <Icon name="close" />, label: t('clearChoice', { name }) })
}
