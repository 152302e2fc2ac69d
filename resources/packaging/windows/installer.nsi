; The installer for Windows: for all users of the computer, silent with /S, upgrades in place.
;
;   makensis -DVERSION=1.2.3 -DFOLDER=path\of\the\build -DOUT=setup.exe [-DSIGN=command]
;       [-DTARGET=amd64-unicode] [-DPLAIN] installer.nsi
;
; "SIGN" is called with the uninstaller, which only comes into being here. NSIS as its makers give it out for
; Windows makes setups of 32 bits only; they install a program of 64 bits all the same, and "TARGET" is for
; where 32 bits do not run. The setup uses no plug-in: libraries unpacked into a temporary folder are what
; application control stops.
;
; It owns its program folder and its own keys of the registry, nothing else: reports, settings, backups and the
; policy of the computer stay whatever happens. What is there is moved aside first and comes back when anything
; fails, so that there is always a whole program or none.
;
; Exit codes: 0 done; 1 cancelled by the person; 2 could not; 3 the program is running; 4 not for this Windows.

!ifndef TARGET
!define TARGET x86-unicode
!endif
Target ${TARGET}
Unicode true
; For trials: the setup is large and quickly made.
!ifdef PLAIN
SetCompress off
!else
SetCompressor /SOLID lzma
!endif

!include LogicLib.nsh
!include FileFunc.nsh
!insertmacro GetParameters
!insertmacro GetOptions

Name "Alliance Desk"
OutFile "${OUT}"
; .onInit chooses the folder: by itself NSIS would look in the 32-bit half of the registry.
InstallDir ""
RequestExecutionLevel admin
ManifestSupportedOS Win10
ManifestDPIAware true
BrandingText "Alliance Desk ${VERSION}"
Icon "..\..\icons\app.ico"
UninstallIcon "..\..\icons\app.ico"
ShowInstDetails nevershow
ShowUninstDetails nevershow
!ifdef SIGN
!uninstfinalize '"${SIGN}" "%1"'
!endif

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Alliance Desk"
VIAddVersionKey "FileDescription" "Alliance Desk setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Alliance Desk maintainers, MIT licence"

!define REMOVING "Software\Microsoft\Windows\CurrentVersion\Uninstall\Alliance Desk"
!define OWN "Software\Alliance Desk"
!define REPORT "Software\Classes\AllianceDesk.Report"
; Qt 6 runs on Windows 10 from 1809 on.
!define OLDEST 17763

!define COULD_NOT 2
!define RUNNING 3
!define WRONG_WINDOWS 4

Var Log

Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

; A line in the log, which /LOG=FILE names; else it stands in the temporary folder.
!macro Say WORDS
  ${If} $Log != ""
    FileWriteUTF16LE $Log "${WORDS}$\r$\n"
  ${EndIf}
!macroend
!define Say "!insertmacro Say"

!macro GiveUp CODE WORDS
  ${Say} "${WORDS}"
  ${Say} "Exit code ${CODE}"
  MessageBox MB_OK|MB_ICONSTOP "${WORDS}" /SD IDOK
  SetErrorLevel ${CODE}
!macroend

!macro OpenLog DEFAULT
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LOG=" $1
  ${If} ${Errors}
  ${OrIf} $1 == ""
    StrCpy $1 "$TEMP\${DEFAULT}"
  ${EndIf}
  ClearErrors
  FileOpen $Log $1 w
  ${If} ${Errors}
    FileOpen $Log "$TEMP\${DEFAULT}" w
  ${EndIf}
  ${If} $Log != ""
    FileWriteUTF16LE /BOM $Log "Alliance Desk ${VERSION}, $EXEPATH $0$\r$\n"
  ${EndIf}
  ClearErrors
!macroend

; The four things that are the program, by name: a policy file put beside them stays.
!macro RemoveProgram FOLDER
  RMDir /r "${FOLDER}\_internal"
  RMDir /r "${FOLDER}\LICENSES"
  Delete "${FOLDER}\alliance-desk.exe"
  Delete "${FOLDER}\Alliance Desk.exe"
  Delete "${FOLDER}\bill-of-materials.cdx.json"
!macroend

!macro Move NAME FROM TO
  ${If} ${FileExists} "${FROM}\${NAME}"
    Rename "${FROM}\${NAME}" "${TO}\${NAME}"
  ${EndIf}
!macroend

!macro MoveProgram FROM TO
  CreateDirectory "${TO}"
  !insertmacro Move "_internal" "${FROM}" "${TO}"
  !insertmacro Move "LICENSES" "${FROM}" "${TO}"
  !insertmacro Move "alliance-desk.exe" "${FROM}" "${TO}"
  !insertmacro Move "Alliance Desk.exe" "${FROM}" "${TO}"
  !insertmacro Move "bill-of-materials.cdx.json" "${FROM}" "${TO}"
!macroend

; Puts 1 into $4 when a program of the folder runs. Windows lets a running program be renamed, but opens it
; for writing for nobody.
!macro TryProgram NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    FileOpen $2 "$INSTDIR\${NAME}" a
    ${If} ${Errors}
      StrCpy $4 1
    ${Else}
      FileClose $2
    ${EndIf}
  ${EndIf}
!macroend

!macro RefuseWhileRunning LABEL
  ; A virus scanner holds a file for moments only.
  StrCpy $3 0
again_${LABEL}:
  StrCpy $4 0
  !insertmacro TryProgram "Alliance Desk.exe"
  !insertmacro TryProgram "alliance-desk.exe"
  ${If} $4 = 1
    IntOp $3 $3 + 1
    ${If} $3 < 4
      Sleep 500
      Goto again_${LABEL}
    ${EndIf}
    !insertmacro GiveUp ${RUNNING} "Alliance Desk is running. Close it for everybody at this computer, then start again."
    Quit
  ${EndIf}
  ClearErrors
!macroend

Function .onInit
  SetRegView 64
  SetShellVarContext all
  !insertmacro OpenLog "alliance-desk-setup.log"
  ReadEnvStr $4 PROCESSOR_ARCHITEW6432
  ReadEnvStr $5 PROCESSOR_ARCHITECTURE
  ReadRegStr $6 HKLM "SOFTWARE\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} "$4$5" == "x86"
  ${OrIf} $6 < ${OLDEST}
    !insertmacro GiveUp ${WRONG_WINDOWS} "Alliance Desk needs Windows 10, version 1809, or newer, of 64 bits."
    Quit
  ${EndIf}
  ; Where /D names no folder: where it is already, else where programs are.
  ${If} $INSTDIR == ""
    ReadRegStr $INSTDIR HKLM "${OWN}" "Folder"
  ${EndIf}
  ${If} $INSTDIR == ""
    StrCpy $INSTDIR "$PROGRAMFILES64\Alliance Desk"
  ${EndIf}
FunctionEnd

; An earlier setup may have been broken off by a power cut: the program before it lies aside, whole.
Function PutBack
  ${If} ${FileExists} "$INSTDIR\previous\*.*"
    ; The folder that files were being put into cannot be removed while the setup is in it.
    SetOutPath "$INSTDIR"
    !insertmacro RemoveProgram "$INSTDIR"
    !insertmacro MoveProgram "$INSTDIR\previous" "$INSTDIR"
    RMDir "$INSTDIR\previous"
    ${Say} "The program that was there has been put back."
  ${EndIf}
FunctionEnd

Function .onInstFailed
  Call PutBack
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  ${Say} "Nothing was installed. Exit code ${COULD_NOT}"
FunctionEnd

Section "Alliance Desk"
  SetRegView 64
  SetShellVarContext all
  ${Say} "Into $INSTDIR"
  ReadRegStr $5 HKLM "${OWN}" "Version"
  ReadRegStr $9 HKLM "${OWN}" "Folder"
  ${If} $5 != ""
    ${Say} "Version $5 was installed last, in $9."
  ${EndIf}
  !insertmacro RefuseWhileRunning setup
  Call PutBack
  RMDir /r "$INSTDIR\previous.gone"
  ClearErrors
  !insertmacro MoveProgram "$INSTDIR" "$INSTDIR\previous"
  ${If} ${Errors}
    !insertmacro GiveUp ${COULD_NOT} "The program that is there cannot be replaced: another program holds its files."
    Call PutBack
    Quit
  ${EndIf}
  SetOutPath "$INSTDIR"
  File /r "${FOLDER}\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ; In one step, so that a whole program aside is always one to go back to.
  Rename "$INSTDIR\previous" "$INSTDIR\previous.gone"
  RMDir /r "$INSTDIR\previous.gone"
  ${Say} "The files are in place."
  ${If} $9 != ""
  ${AndIf} $9 != $INSTDIR
    ; /D has named another folder than last time.
    !insertmacro RemoveProgram "$9"
    Delete "$9\uninstall.exe"
    RMDir "$9"
    ${Say} "The program was taken out of $9."
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\Alliance Desk.lnk" "$INSTDIR\Alliance Desk.exe"
  WriteRegStr HKLM "${OWN}" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${OWN}" "Version" "${VERSION}"
  WriteRegStr HKLM "Software\Classes\.adesk" "" "AllianceDesk.Report"
  WriteRegStr HKLM "Software\Classes\.adesk\OpenWithProgids" "AllianceDesk.Report" ""
  WriteRegStr HKLM "${REPORT}" "" "Alliance Desk report"
  WriteRegStr HKLM "${REPORT}\DefaultIcon" "" '"$INSTDIR\Alliance Desk.exe",0'
  WriteRegStr HKLM "${REPORT}\shell\open\command" "" '"$INSTDIR\Alliance Desk.exe" "%1"'
  WriteRegStr HKLM "${REMOVING}" "DisplayName" "Alliance Desk"
  WriteRegStr HKLM "${REMOVING}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${REMOVING}" "Publisher" "Alliance Desk maintainers"
  WriteRegStr HKLM "${REMOVING}" "DisplayIcon" "$INSTDIR\Alliance Desk.exe"
  WriteRegStr HKLM "${REMOVING}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${REMOVING}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${REMOVING}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  SectionGetSize 0 $6
  WriteRegDWORD HKLM "${REMOVING}" "EstimatedSize" $6
  WriteRegDWORD HKLM "${REMOVING}" "NoModify" 1
  WriteRegDWORD HKLM "${REMOVING}" "NoRepair" 1

  Call MakeComputerFolder
  ${Say} "Version ${VERSION} is installed. Exit code 0"
SectionEnd

; The place of the policy and of forms for everybody. Below %PROGRAMDATA% anybody may make a folder and is then
; its owner, so it is made here, where administrators write and everybody else reads (accounts by number: their
; names differ from language to language).
Function MakeComputerFolder
  StrCpy $7 "$APPDATA\alliance-desk"
  ${If} ${FileExists} "$7\*.*"
    ${Say} "$7 was there; its rights stay as they are."
    Return
  ${EndIf}
  CreateDirectory "$7"
  ClearErrors
  ExecWait '"$SYSDIR\icacls.exe" "$7" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX' $8
  ${If} ${Errors}
  ${OrIf} $8 <> 0
    RMDir "$7"
    ClearErrors
    ${Say} "The rights of $7 could not be set (icacls: $8), so it was not made. Make it with rights of your own."
  ${Else}
    ${Say} "$7 was made: administrators write there, everybody else reads."
  ${EndIf}
FunctionEnd

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  !insertmacro OpenLog "alliance-desk-uninstall.log"
FunctionEnd

Section "Uninstall"
  SetRegView 64
  SetShellVarContext all
  ${Say} "From $INSTDIR"
  !insertmacro RefuseWhileRunning removal
  !insertmacro RemoveProgram "$INSTDIR"
  RMDir /r "$INSTDIR\previous"
  RMDir /r "$INSTDIR\previous.gone"
  Delete "$INSTDIR\uninstall.exe"
  ; Only when nothing of anybody else lies in them.
  RMDir "$INSTDIR"
  RMDir "$APPDATA\alliance-desk"
  Delete "$SMPROGRAMS\Alliance Desk.lnk"
  DeleteRegKey HKLM "${REMOVING}"
  DeleteRegKey HKLM "${REPORT}"
  ReadRegStr $0 HKLM "Software\Classes\.adesk" ""
  ${If} $0 == "AllianceDesk.Report"
    DeleteRegValue HKLM "Software\Classes\.adesk" ""
  ${EndIf}
  DeleteRegValue HKLM "Software\Classes\.adesk\OpenWithProgids" "AllianceDesk.Report"
  DeleteRegKey /ifempty HKLM "Software\Classes\.adesk\OpenWithProgids"
  DeleteRegKey /ifempty HKLM "Software\Classes\.adesk"
  DeleteRegKey HKLM "${OWN}"
  ${Say} "Removed. Exit code 0"
SectionEnd
