; The installer for Windows: for all users of the computer, silent with /S, upgrades in place.
;
;   makensis -DVERSION=1.2.3 -DFOLDER=path\of\the\build -DOUT=setup.exe installer.nsi
;
; It owns its program folder and its own keys of the registry, nothing else: reports, settings, backups and
; the policy of the computer stay whatever happens. Exit code 0: done; 1: cancelled; 2: could not.

Target amd64-unicode
Unicode true
SetCompressor /SOLID lzma
Name "Alliance Desk"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Alliance Desk"
InstallDirRegKey HKLM "Software\Alliance Desk" "Folder"
RequestExecutionLevel admin
BrandingText "Alliance Desk ${VERSION}"
Icon "..\..\icons\app.ico"
UninstallIcon "..\..\icons\app.ico"
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Alliance Desk"
VIAddVersionKey "FileDescription" "Alliance Desk setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Alliance Desk maintainers, MIT licence"

!define REMOVING "Software\Microsoft\Windows\CurrentVersion\Uninstall\Alliance Desk"

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; What an earlier version installed, by name: a policy file put beside the program stays.
!macro RemoveProgram
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\LICENSES"
  Delete "$INSTDIR\alliance-desk.exe"
  Delete "$INSTDIR\Alliance Desk.exe"
  Delete "$INSTDIR\bill-of-materials.cdx.json"
!macroend

Section "Alliance Desk"
  SetRegView 64
  SetShellVarContext all
  ; A running program holds its files; nothing is replaced by halves.
  ClearErrors
  IfFileExists "$INSTDIR\alliance-desk.exe" 0 free
  Rename "$INSTDIR\Alliance Desk.exe" "$INSTDIR\Alliance Desk.exe.old"
  IfErrors running
  Rename "$INSTDIR\Alliance Desk.exe.old" "$INSTDIR\Alliance Desk.exe"
  Goto free
running:
  MessageBox MB_OK|MB_ICONSTOP "Alliance Desk is running. Close it, then start the setup again." /SD IDOK
  SetErrorLevel 2
  Abort
free:
  !insertmacro RemoveProgram
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\Alliance Desk.lnk" "$INSTDIR\Alliance Desk.exe"
  WriteRegStr HKLM "Software\Alliance Desk" "Folder" "$INSTDIR"
  WriteRegStr HKLM "Software\Alliance Desk" "Version" "${VERSION}"
  WriteRegStr HKLM "Software\Classes\.adesk" "" "AllianceDesk.Report"
  WriteRegStr HKLM "Software\Classes\AllianceDesk.Report" "" "Alliance Desk report"
  WriteRegStr HKLM "Software\Classes\AllianceDesk.Report\DefaultIcon" "" '"$INSTDIR\Alliance Desk.exe",0'
  WriteRegStr HKLM "Software\Classes\AllianceDesk.Report\shell\open\command" "" '"$INSTDIR\Alliance Desk.exe" "%1"'
  WriteRegStr HKLM "${REMOVING}" "DisplayName" "Alliance Desk"
  WriteRegStr HKLM "${REMOVING}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${REMOVING}" "Publisher" "Alliance Desk maintainers"
  WriteRegStr HKLM "${REMOVING}" "DisplayIcon" "$INSTDIR\Alliance Desk.exe"
  WriteRegStr HKLM "${REMOVING}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${REMOVING}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${REMOVING}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${REMOVING}" "NoModify" 1
  WriteRegDWORD HKLM "${REMOVING}" "NoRepair" 1
SectionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  !insertmacro RemoveProgram
  Delete "$INSTDIR\uninstall.exe"
  ; Only when nothing of anybody else lies in it.
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Alliance Desk.lnk"
  DeleteRegKey HKLM "${REMOVING}"
  DeleteRegKey HKLM "Software\Classes\AllianceDesk.Report"
  DeleteRegValue HKLM "Software\Classes\.adesk" ""
  DeleteRegKey /ifempty HKLM "Software\Classes\.adesk"
  DeleteRegKey HKLM "Software\Alliance Desk"
SectionEnd
