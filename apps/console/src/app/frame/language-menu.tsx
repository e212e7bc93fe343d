import { Icon } from '@orbweaver/ui/icon'
import { MenuButton } from '@orbweaver/ui/menu-button'
import { changeLanguage } from '../../text/i18n.ts'
import { useLanguage } from '../../text/use-language.ts'
import { useText } from '../text.ts'

export function LanguageMenu() {
  const t = useText()
  const language = useLanguage()
  return (
    <MenuButton
      label={t('bar.language')}
      trigger={<Icon name="language" />}
      entries={(['zh', 'en'] as const).map((each) => ({
        key: each,
        label: <span lang={each === 'zh' ? 'zh-CN' : 'en'}>{each === 'zh' ? '简体中文' : 'English'}</span>,
        checked: each === language,
        onSelect: () => void changeLanguage(each),
      }))}
    />
  )
}
